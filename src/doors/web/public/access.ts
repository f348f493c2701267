/** Pages anyone may open, without an account. */
export const PUBLIC_ACCESS = {
  "GET /": "anyone",
} as const;
