/** Names that the fixed parts of the file use at its top level. A graph's own names keep clear of them. */
// biome-ignore format: a list of words
export const runtimeNames: readonly string[] = [
  'SEED', 'BATCH_SIZE', 'ITERATIONS', 'BATCHES', 'CONSENSUS', 'WEIGHTS', 'RANK', 'WORLD', 'DEVICE', 'DRAWN_ON', 'choose_device', 'uniform', 'normal', 'Clock', 'clock', 'SLOTS',
  'ramp', 'averaged', 'Player', 'still', 'CALLS', 'Observed', 'observe', 'observed', 'noted', 'unnoted', 'advance', 'evaluated',
  'prepare', 'sampled', 'refer', 'REFERENCE', 'BUFFERS', 'game_state', 'make_again', 'apart', 'in_double', 'set_aside_rounding', 'name_of', 'LIMIT', 'Noise', 'noise', 'average_of', 'follow',
  'looking_ahead', 'read_safetensors', 'write_safetensors', 'png_of', 'write_samples', 'time', 'crc32c', 'remainder_of', 'REMAINDERS', 'field', 'Events', 'Batch', 'FILES', 'GIVEN', 'SOURCES', 'NUMBERS',
  'NETWORKS', 'AVERAGES', 'PLAYERS', 'UPDATES', 'state', 'load', 'save', 'broadcast', 'iterate', 'train', 'main',
  'SLOW', 'SlowWeights', 'slow_state', 'after_iteration', 'samples', 'replay', 'Replayed', 'replayed', 'set_state', 'compare', 'share', 'is_image', 'update_together',
  'METRICS', 'KEPT', 'channels_last', 'read_rows', 'measure', 'run_rows', 'modules', 'save_run', 'resume', 'device_name', 'Log', 'mean_losses',
  're', 'channels_first', 'given_first', 'other_seed', 'set_number', 'setting', 'SET', 'SETTABLE',
];
