import { Gallery } from '@/components/gallery/gallery';
import { Hero } from '@/components/gallery/hero';
import { SiteHeader } from '@/components/gallery/site-header';
import { families } from '@/lib/examples/families';
import { galleryEntries } from './gallery-entries';
import styles from './page.module.css';

export default function GalleryPage() {
  const entries = galleryEntries();
  return (
    <div className={styles.page}>
      <SiteHeader />
      <main>
        <Hero first="ring" />
        <Gallery entries={entries} families={families} />
      </main>
      <footer className={styles.footer}>
        Everything runs in this browser. Nothing that you build leaves it unless you share it.
      </footer>
    </div>
  );
}
