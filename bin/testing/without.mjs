import { register } from 'node:module';

/** `--import bin/testing/without.mjs` runs a program as if the packages in WITHOUT were not installed. */
const hooks = `
  const missing = ${JSON.stringify((process.env.WITHOUT ?? '').split(' '))};
  export function resolve(name, context, next) {
    if (missing.some((each) => name === each || name.startsWith(each + '/')))
      throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' });
    return next(name, context);
  }
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
