import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { useStores } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import type { Json } from '@/lib/graph/schema';
import type { Scheduled } from '@/lib/nodes/params';
import type { Binding } from './binding';
import { type Field, findFault, type NumberRange } from './describe-field';
import { Numeric } from './numeric';
import styles from './terms-editor.module.css';
import { TextBox } from './text-box';
import { useGesture } from './use-gesture';

type Terms = Readonly<Record<string, Scheduled>>;

interface TermsProps {
  readonly id: string;
  readonly field: Field;
  readonly binding: Binding;
  readonly range: NumberRange;
}

/** Names with a weight each: a port per name. Wires follow a new name and go with a term that goes. */
export function TermsEditor({ id, field, binding, range }: TermsProps) {
  const { editor } = useStores();
  const list = useRef<HTMLFieldSetElement>(null);
  const terms = binding.value as Terms;
  const names = Object.keys(terms);
  const set = (label: string, next: Terms) => editor.commit(label, binding.edit(next as Json));
  const more = { ...terms, [freshName(terms)]: 1 };
  const isFull = findFault(field, more) !== undefined;
  return (
    <fieldset id={id} ref={list} aria-label={field.meta.label} className={styles.terms}>
      {names.map((name, i) => (
        // By place: a term keeps its boxes when it is renamed.
        <div key={i} className={styles.term}>
          <NameBox
            field={field}
            terms={terms}
            name={name}
            onRename={(to) => set('Rename term', renamed(terms, name, to))}
          />
          <IconButton
            icon={X}
            size="sm"
            label={`Remove ${name}`}
            onClick={() => set('Remove term', without(terms, name))}
          />
          <div className={styles.weight}>
            <Weight id={`${id}-${i}`} {...{ field, binding, terms, name, range }} />
          </div>
        </div>
      ))}
      <Button
        size="sm"
        disabled={isFull}
        onClick={() => {
          set('Add term', more);
          // The new term's name is what is typed next.
          requestAnimationFrame(() => {
            const boxes = list.current?.querySelectorAll<HTMLInputElement>('[data-name] input');
            boxes?.item(boxes.length - 1)?.select();
          });
        }}
      >
        <Plus size={13} aria-hidden /> Add a term
      </Button>
      {isFull ? <span className={styles.full}>{findFault(field, more)}</span> : null}
    </fieldset>
  );
}

/** The name, taken when it is settled: half a name is no port. */
function NameBox(props: {
  readonly field: Field;
  readonly terms: Terms;
  readonly name: string;
  onRename(to: string): void;
}) {
  const { field, terms, name, onRename } = props;
  return (
    <span data-name>
      <TextBox
        label={`Name of ${name}`}
        text={name}
        fault={(text) => {
          if (text === name) return undefined;
          if (Object.hasOwn(terms, text)) return `There is a term ${text} already.`;
          return findFault(field, { [text]: 1 }) && 'Letters, digits, - and _, at most 40';
        }}
        onType={onRename}
        onEnd={() => {}}
        onCancel={() => {}}
        settled
      />
    </span>
  );
}

function Weight(props: TermsProps & { readonly terms: Terms; readonly name: string }) {
  const { id, binding, terms, name, range } = props;
  const { editor } = useStores();
  const label = `Weight of ${name}`;
  const gesture = useGesture(`Set ${label.toLowerCase()}`);
  const edit = (value: Json) => binding.edit({ ...terms, [name]: value } as Json);
  return (
    <Numeric
      id={id}
      meta={{ label, step: 0.1 }}
      binding={{ value: terms[name], params: binding.params, edit }}
      range={range}
      gesture={gesture}
      commit={(value) => editor.commit(`Set ${label.toLowerCase()}`, edit(value))}
    />
  );
}

const renamed = (terms: Terms, from: string, to: string): Terms =>
  Object.fromEntries(Object.entries(terms).map(([name, weight]) => [name === from ? to : name, weight]));

const without = (terms: Terms, name: string): Terms =>
  Object.fromEntries(Object.entries(terms).filter(([other]) => other !== name));

function freshName(terms: Terms): string {
  let name = 'term';
  for (let n = 2; Object.hasOwn(terms, name); n++) name = `term-${n}`;
  return name;
}
