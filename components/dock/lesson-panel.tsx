'use client';
import { Markdown } from '@/components/canvas/markdown';
import { useEditor } from '@/components/hooks/stores';
import styles from './lesson-panel.module.css';

/** What the document says about itself. */
export function LessonPanel() {
  const title = useEditor((state) => state.graph.title);
  const about = useEditor((state) => state.graph.about);
  return (
    <article className={styles.lesson}>
      <h2 className={styles.title}>{title}</h2>
      <Markdown text={about} />
    </article>
  );
}
