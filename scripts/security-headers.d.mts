/** The headers of every response, by name. Without a nonce no inline script runs. */
export function securityHeaders(page?: {
  readonly nonce?: string;
  readonly isDevelopment?: boolean;
}): Readonly<Record<string, string>>;
