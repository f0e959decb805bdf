import { type RefObject, useEffect } from 'react';
import { type Live, useLive } from './live';

/** Milliseconds that a player's wires glow: updates follow each other too fast to be seen. */
const TURN = 1400;
/** As many turns as the style sheet of wires knows; more players share them. */
export const MOST_TURNS = 6;

/** The glow ends so long after the run: painting all wires anew would keep back what a pause says. */
const AFTERGLOW = 300;

/** While a run is on, the board says by an attribute whose turn it is; nothing is rendered. */
export function useTurn(board: RefObject<HTMLElement | null>, players: number): void {
  const live = useLive();
  useEffect(() => {
    const element = board.current;
    const turns = Math.min(players, MOST_TURNS);
    if (!element || turns === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    return showTurns(element, turns, live);
  }, [live, board, players]);
}

export function showTurns(
  element: Pick<Element, 'setAttribute' | 'removeAttribute'>,
  turns: number,
  { watchRun }: Pick<Live, 'watchRun'>,
): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let ending: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  const show = () => element.setAttribute('data-turn', String(turn++ % turns));
  const end = () => {
    clearTimeout(ending);
    clearInterval(timer);
    [timer, ending] = [undefined, undefined];
    element.removeAttribute('data-turn');
  };
  const unwatch = watchRun((run) => {
    if (!run?.isRunning) {
      if (timer !== undefined) ending ??= setTimeout(end, AFTERGLOW);
      return;
    }
    clearTimeout(ending);
    ending = undefined;
    if (timer !== undefined) return;
    show();
    timer = setInterval(show, TURN);
  });
  return () => {
    unwatch();
    end();
  };
}
