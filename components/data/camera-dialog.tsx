'use client';
import { Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ChoiceRow } from '@/components/ui/choice-row';
import { Dialog } from '@/components/ui/dialog';
import { downloadFile } from '@/components/ui/download';
import { IconButton } from '@/components/ui/icon-button';
import tones from '@/components/ui/problem.module.css';
import { Select } from '@/components/ui/select';
import fields from '@/components/ui/text-field.module.css';
import type { NamedFile } from '@/lib/data/import/protocol';
import { readNumber } from '@/lib/util/read-number';
import { CAMERA_FILE, classOf, countClasses, pictureName, sayCamera, zipPictures } from './camera';
import styles from './camera-dialog.module.css';

const MOST = 1_000;
/** Milliseconds from one picture to the next. */
const paces = [
  { value: '100', label: '10 a second' },
  { value: '250', label: '4 a second' },
  { value: '1000', label: '1 a second' },
] as const;
type Pace = (typeof paces)[number]['value'];

/** Bursts of pictures from the camera, of a class each where they have a name. */
export function CameraDialog(props: {
  readonly onClose: () => void;
  readonly onUse: (zip: Promise<File>) => void;
}) {
  const { onClose, onUse } = props;
  const video = useRef<HTMLVideoElement>(null);
  const { stream, refusal } = useCamera();
  const [files, setFiles] = useState<readonly NamedFile[]>([]);
  const [left, setLeft] = useState(0);
  /** Of all that were taken, also those that were taken out again. */
  const next = useRef(0);
  const [count, setCount] = useState('64');
  const [pace, setPace] = useState<Pace>('100');
  const [name, setName] = useState('');
  const many = readNumber(count);
  const most = MOST - files.length;
  const isWrong = !(Number.isSafeInteger(many) && many >= 1 && many <= most);

  useEffect(() => {
    if (video.current && stream) video.current.srcObject = stream;
  }, [stream]);
  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(async () => {
      const file = video.current && (await pictureOf(video.current));
      if (file) {
        const picture = { name: pictureName(name, next.current++), file };
        setFiles((before) => [...before, picture]);
      }
      setLeft(left - 1);
    }, Number(pace));
    return () => clearTimeout(timer);
  }, [left, pace, name]);

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Use the camera"
      description="Pictures stay in this browser. A burst with a name is a class. Other browsers and the command line need them as a file."
      width={640}
      footer={
        <>
          <Button
            className={styles.save}
            disabled={files.length === 0 || left > 0}
            onClick={async () => downloadFile(CAMERA_FILE, await zipPictures(files), 'application/zip')}
          >
            Save as a zip
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={files.length === 0 || left > 0}
            onClick={() => onUse(zipPictures(files))}
          >
            {files.length > 0 ? `Use ${files.length} pictures` : 'Use'}
          </Button>
        </>
      }
    >
      {refusal ? (
        <p role="alert" className={`${tones.problem} ${tones.error}`}>
          {refusal}
        </p>
      ) : (
        <div className={styles.columns}>
          <video
            ref={video}
            className={styles.video}
            autoPlay
            muted
            playsInline
            aria-label="What the camera sees"
          />
          <div className={styles.choices}>
            <ChoiceRow label="Class">
              {(id) => (
                <input
                  id={id}
                  className={fields.field}
                  maxLength={40}
                  value={name}
                  placeholder="none"
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </ChoiceRow>
            <ChoiceRow label="Pictures">
              {(id) => (
                <input
                  id={id}
                  className={fields.field}
                  inputMode="numeric"
                  value={count}
                  aria-invalid={isWrong}
                  onChange={(event) => setCount(event.target.value)}
                />
              )}
            </ChoiceRow>
            <ChoiceRow label="Pace">
              {(id) => <Select id={id} size="sm" value={pace} onChange={setPace} options={paces} />}
            </ChoiceRow>
            {isWrong ? (
              <p role="alert" className={styles.words}>
                A whole number from 1 to {most} is asked for.
              </p>
            ) : null}
            <Button
              disabled={!stream || (left === 0 && isWrong)}
              onClick={() => setLeft(left > 0 ? 0 : many)}
            >
              {left > 0 ? 'Stop' : 'Take them'}
            </Button>
            <p className={styles.words} role="status">
              {stream
                ? `${files.length} taken${left > 0 ? `, ${left} to come` : ''}.`
                : 'Waiting for the camera …'}
            </p>
            <ul className={styles.taken} aria-label="Taken">
              {[...countClasses(files)].map(([each, number]) => (
                <li key={each}>
                  <span>
                    {each || 'No class'}: {number}
                  </span>
                  <IconButton
                    icon={Trash2}
                    size="sm"
                    label={`Take out ${each || 'those without a class'}`}
                    disabled={left > 0}
                    onClick={() => setFiles(files.filter((file) => classOf(file.name) !== each))}
                  />
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </Dialog>
  );
}

/** The camera as long as this is shown; why there is none. */
function useCamera(): { readonly stream?: MediaStream; readonly refusal?: string } {
  const [state, setState] = useState<{ readonly stream?: MediaStream; readonly refusal?: string }>({});
  useEffect(() => {
    let isOver = false;
    let opened: MediaStream | undefined;
    const end = () => {
      for (const track of opened?.getTracks() ?? []) track.stop();
    };
    const open = async () => {
      // Absent where the page came neither by https nor from this machine.
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (!devices) return setState({ refusal: sayCamera(undefined) });
      try {
        opened = await devices.getUserMedia({ video: { width: { ideal: 640 } }, audio: false });
        if (isOver) end();
        else setState({ stream: opened });
      } catch (error) {
        setState({ refusal: sayCamera(error) });
      }
    };
    void open();
    return () => {
      isOver = true;
      end();
    };
  }, []);
  return state;
}

/** What the video shows now; null before it shows anything. */
async function pictureOf(video: HTMLVideoElement): Promise<Blob | null> {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0) return null;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
}
