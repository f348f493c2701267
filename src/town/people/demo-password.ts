/** Every officer's password in a demo town, and only there: the sign-in page of a town that is not `demo` never shows it. */
export const DEMO_PASSWORD = "Sanwen-2026";
