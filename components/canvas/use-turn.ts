import { type RefObject, useEffect } from 'react';
import { useLive } from './live';

/** Milliseconds that a player's wires glow: updates follow each other too fast to be seen. */
const TURN = 1400;
/** As many turns as the style sheet of wires knows; more players share them. */
export const MOST_TURNS = 6;

/** While a run is on, the board says by an attribute whose turn it is; nothing is rendered. */
export function useTurn(board: RefObject<HTMLElement | null>, players: number): void {
  const live = useLive();
  useEffect(() => {
    const element = board.current;
    const turns = Math.min(players, MOST_TURNS);
    if (!element || turns === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    let timer: ReturnType<typeof setInterval> | undefined;
    let turn = 0;
    const show = () => element.setAttribute('data-turn', String(turn++ % turns));
    const end = () => {
      clearInterval(timer);
      timer = undefined;
      element.removeAttribute('data-turn');
    };
    const unwatch = live.watchRun((run) => {
      if (!run?.isRunning) end();
      else if (timer === undefined) {
        show();
        timer = setInterval(show, TURN);
      }
    });
    return () => {
      unwatch();
      end();
    };
  }, [live, board, players]);
}
