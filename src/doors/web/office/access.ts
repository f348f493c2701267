/** Pages of the office, by duty. */
export const OFFICE_ACCESS = {
  "GET /office": "officer",
} as const;
