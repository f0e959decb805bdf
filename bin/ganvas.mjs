/** `npm run ganvas`: the command line from its TypeScript, which tsx reads; it is an optional package. */
try {
  const { register } = await import('tsx/esm/api');
  register();
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error(
    'The command line needs the package tsx, which is not installed. Install it: npm ci --include=optional',
  );
  process.exit(2);
}
await import('./ganvas.ts');
