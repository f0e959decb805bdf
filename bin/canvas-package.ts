/** An optional package, for pictures and images: it is built for the common platforms alone. */
export const canvasPackage = await import('@napi-rs/canvas').catch(() => undefined);
