import { ArrowUpRight } from 'lucide-react';
import { Fragment } from 'react';
import { titleOf } from '@/lib/check/names';
import { quantity } from '@/lib/util/sentence';
import { CardPicture } from './card-picture';
import type { KindFacts } from './facts';
import { fieldOptionsOf, fieldsOf } from './fields';
import { GraphPicture } from './graph-picture';
import { ParamTable } from './param-table';
import { PortTable } from './port-table';
import styles from './reference.module.css';
import { ShapeTable } from './shape-table';
import { slug } from './slug';
import { Tex } from './tex';

/** One kind: what it does, its card and formula, itself at work, its ports, shapes and parameters, its source. */
export function KindEntry({ facts, address }: { readonly facts: KindFacts; readonly address: string }) {
  const { definition, checked, subject } = facts;
  const { kind, title, summary, formula, source, place, category } = definition;
  const fields = fieldsOf(definition.params);
  return (
    <article className={styles.kind}>
      <header className={styles.head}>
        <div>
          <p className={styles.place}>
            <a href={`/docs#${slug(category)}`}>{category}</a> ·{' '}
            {place.map((one) => (one === 'network' ? 'in a network' : 'in the game')).join(', ')} ·{' '}
            <code className={styles.code}>{kind}</code>
          </p>
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.summary}>{summary}</p>
          {source ? (
            <p className={styles.source}>
              <a href={source.url} target="_blank" rel="noreferrer">
                {source.label}
              </a>
            </p>
          ) : null}
        </div>
        <div className={styles.card}>
          <CardPicture facts={facts} />
        </div>
      </header>
      {formula ? <Tex formula={formula} /> : null}
      <section aria-labelledby="at-work">
        <div className={styles.workHead}>
          <h2 id="at-work">Example</h2>
          <a href={address} className={styles.openLink}>
            Open in the editor <ArrowUpRight size={14} aria-hidden />
          </a>
        </div>
        <a href={address} className={styles.work} tabIndex={-1}>
          <GraphPicture
            checked={checked}
            kind={kind}
            label={`A game with ${titleOf(subject, checked)}: ${quantity(checked.nodes.size, 'node')}, ${quantity(checked.networks.size, 'network')}`}
          />
        </a>
      </section>
      <PortTable definition={definition} subject={subject} />
      {fields.length > 0 ? (
        <section aria-labelledby="parameters">
          <h2 id="parameters">Parameters</h2>
          <ParamTable fields={fields} />
          {fieldOptionsOf(definition).map((option) => (
            <Fragment key={option.value}>
              <h3>
                <code className={styles.code}>{option.name}</code> of {option.value}
              </h3>
              <ParamTable fields={option.fields} />
            </Fragment>
          ))}
        </section>
      ) : null}
      <ShapeTable definition={definition} />
    </article>
  );
}
