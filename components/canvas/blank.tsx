import { useId, useState } from 'react';
import { isTourKnown } from '@/components/editor/tour-memory';
import { useSession, useStores } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import {
  architectureChoices,
  type Composition,
  composeGame,
  dataChoices,
  isPossible,
  objectiveChoices,
} from '@/lib/examples/compose';
import { emptyGraph } from '@/lib/graph/schema';
import styles from './blank.module.css';
import { useView } from './view';

/** What a blank canvas offers: three questions, and a complete game from the answers. */
export function Blank() {
  const { editor, session } = useStores();
  const view = useView();
  const [answers, setAnswers] = useState<Composition>({
    data: 'ring',
    architecture: 'wide',
    objective: 'loss-non-saturating',
  });
  const isTouring = useSession((state) => state.tour !== undefined);
  const answer = (fields: Partial<Composition>) => {
    const next = { ...answers, ...fields };
    setAnswers(isPossible(next) ? next : { ...next, architecture: 'wide' });
  };
  const layOut = () => {
    const game = composeGame(answers);
    editor.commit('Create a game', ({ title, about }) => ({
      ...game,
      title: title === emptyGraph().title ? game.title : title,
      about,
    }));
    session.announce(`Created ${game.title}. Press Space to train it.`);
    requestAnimationFrame(() => view.fit());
  };
  // The tour's first card would lie over it.
  if (isTouring) return null;
  return (
    <form
      className={styles.blank}
      aria-label="Start a game"
      onSubmit={(event) => {
        event.preventDefault();
        layOut();
      }}
    >
      <h2 className={styles.title}>Start a game</h2>
      <Question
        words="What should it learn?"
        choices={dataChoices}
        chosen={answers.data}
        onChoose={(data) => answer({ data })}
      />
      <Question
        words="Which networks?"
        choices={architectureChoices}
        chosen={answers.architecture}
        isOpen={(architecture) => isPossible({ ...answers, architecture })}
        onChoose={(architecture) => answer({ architecture })}
      />
      <Question
        words="With which loss?"
        choices={objectiveChoices}
        chosen={answers.objective}
        onChoose={(objective) => answer({ objective })}
      />
      <div className={styles.foot}>
        <p className={styles.hint}>
          Or build it yourself: <kbd>/</kbd> or a double click adds a node.
        </p>
        {isTourKnown() ? null : (
          <Button variant="ghost" onClick={() => session.setState({ tour: 0 })}>
            Take the tour
          </Button>
        )}
        <Button type="submit" variant="primary">
          Create it
        </Button>
      </div>
    </form>
  );
}

function Question<Id extends string>(props: {
  readonly words: string;
  readonly choices: readonly { readonly id: Id; readonly label: string; readonly about: string }[];
  readonly chosen: Id;
  readonly isOpen?: (id: Id) => boolean;
  onChoose(id: Id): void;
}) {
  const { words, choices, chosen, isOpen = () => true, onChoose } = props;
  const name = useId();
  return (
    <fieldset className={styles.question}>
      <legend className={styles.words}>{words}</legend>
      <div className={styles.choices}>
        {choices.map(({ id, label }) => (
          <label key={id} className={styles.choice}>
            <input
              type="radio"
              name={name}
              className="visually-hidden"
              checked={id === chosen}
              disabled={!isOpen(id)}
              onChange={() => onChoose(id)}
            />
            {label}
          </label>
        ))}
      </div>
      <p className={styles.about}>{choices.find(({ id }) => id === chosen)?.about}</p>
    </fieldset>
  );
}
