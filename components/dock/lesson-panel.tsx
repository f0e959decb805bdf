'use client';
import { useMemo } from 'react';
import { Markdown } from '@/components/canvas/markdown';
import { useEditor } from '@/components/hooks/stores';
import { readLesson } from '@/lib/check/lesson';
import styles from './lesson-panel.module.css';
import { LessonSteps } from './lesson-steps';

/** What the document says about itself, and the steps of its lesson. */
export function LessonPanel() {
  const title = useEditor((state) => state.graph.title);
  const about = useEditor((state) => state.graph.about);
  const id = useEditor((state) => state.id);
  const { text, steps } = useMemo(() => readLesson(about), [about]);
  return (
    <article className={styles.lesson}>
      <h2 className={styles.title}>{title}</h2>
      {steps.length > 0 ? <LessonSteps key={id} document={id} steps={steps} /> : null}
      <Markdown text={text} />
    </article>
  );
}
