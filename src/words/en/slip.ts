/** What whoever objected or said "me too" keeps of it, and reads by its code. */
export const slip = {
  title: { objection: "My objection", "me-too": "I have this too" },
  said: { objection: "Objection raised", "me-too": "Said “I have this too”" },
  sentence: { objection: (title: string) => `Objection: ${title}`, "me-too": (title: string) => `I have this too: ${title}` },
  status: {
    open: "Received, waiting for the town's public reply",
    upheld: "Objection upheld, work goes on",
    rejected: "Objection rejected",
    counted: "Counted",
  },
  answer: "The town's reply",
  answered: (day: string) => `Answered ${day}`,
  answeredBy: "Public reply no later than",
  reason: "What you wrote",
  notAsked: "When it is done, only those who reported it are asked whether it is solved. If your case differs, please report it.",
  number: "Number on the ledger",
  next: {
    answered: "your objection is answered in public",
    outcome: "If it is upheld, the work goes on; if not, the reason is published",
    follow: "Your code shows at any time how far it is",
  },
  entry: "See the entry",
  ask: "Give me a receipt",
  file: {
    heading: (town: string) => `${town}: receipt`,
    keep: "Keep it safe. Anyone who knows the code can read it.",
  },
  last: "Your code shows how far it is",
};
