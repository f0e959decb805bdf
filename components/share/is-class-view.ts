/** `?view=class`: a lesson, its samples and what may be changed, without the editor. Stays in the address. */
export const isClassView = (): boolean => new URLSearchParams(window.location.search).get('view') === 'class';
