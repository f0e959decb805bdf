import type { Part } from './zoom';

/** How the reader looks at a picture: at volumes from a side, at videos at a moment, at a plane in part. */
export interface Look {
  readonly pose: Pose;
  /** Counted on past the last frame, which the first one follows. */
  readonly frame: number;
  /** Absent: the whole. */
  readonly part?: Part | undefined;
}

/** How a volume is turned, in radians: about its upright axis, and then towards the one who looks at it. */
export interface Pose {
  readonly yaw: number;
  readonly pitch: number;
}

/** From above, so that three sides show. */
export const firstLook: Look = { pose: { yaw: 0.6, pitch: 0.5 }, frame: 0 };

/** Along the depth, along the width, from above. */
export const threeSides: readonly Pose[] = [
  { yaw: 0, pitch: 0 },
  { yaw: Math.PI / 2, pitch: 0 },
  { yaw: 0, pitch: Math.PI / 2 },
];

/** Turned further; never upside down. */
export const turned = ({ yaw, pitch }: Pose, byYaw: number, byPitch: number): Pose => ({
  yaw: yaw + byYaw,
  pitch: Math.max(-Math.PI / 2, Math.min(Math.PI / 2, pitch + byPitch)),
});
