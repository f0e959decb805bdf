import { expect, test } from 'vitest';
import { MissingData } from '@/lib/data/files/import-source';
import { DeviceError, describeCrash, describeLoss, describeStop } from './failures';

test.each(['Device was destroyed.', 'Device was destroyed', 'Device was destroyed. \n'])(
  'what a browser says ends with one full stop: %j',
  (said) => {
    const lost = `the WebGPU device was lost: ${said}`;
    const message = 'The graphics device failed: the WebGPU device was lost: Device was destroyed.';
    expect(describeLoss(lost).message).toBe(message);
    expect(describeStop(new DeviceError(lost)).message).toBe(message);
    expect(describeStop(new Error(said)).message).toBe('The run stopped: Device was destroyed.');
    expect(describeCrash(new Error(said), 40).message).toBe(
      'An update failed: Device was destroyed. The weights of iteration 40 are kept.',
    );
    expect(describeCrash(new Error(`Out of memory: ${said}`), 40).message).toBe(
      'The backend ran out of memory: Out of memory: Device was destroyed.',
    );
  },
);

test('a file that is not at hand ends a run with its name, wherever it is missed', () => {
  const missing = new MissingData({ name: 'faces.zip', rows: 1_200 });
  for (const { code, message } of [describeCrash(missing, 40), describeStop(missing)]) {
    expect(code).toBe('data-missing');
    expect(message).toBe(
      'The run cannot go on: the file faces.zip (1,200 rows) is needed, and is not at hand.',
    );
  }
});
