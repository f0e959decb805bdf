/** Style sheets as TypeScript sees them, also before Next has written its own types. */
declare module '*.module.css' {
  const styles: { readonly [name: string]: string };
  export default styles;
}
declare module '*.css';
