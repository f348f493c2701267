/** Where a receipt code is asked for. */
export const track = {
  title: "Track a report",
  code: "Receipt code",
  codeHint: "10 letters and digits, for example 7Q4KM-2XD9H. Case, spaces and dashes don't matter.",
  show: "Show",
  wrong: "No report has this code. Compare it with your receipt: it has no letters I, L, O or U.",
  publicDevice: 'On a public computer, choose "Leave and clear" when you are done.',
  lost: "This site cannot find a lost code again. If you left a phone number, call or come to the town: it calls you on that number and reissues the code, and the old one is dead. If you left none, you can report again.",
  dead: {
    title: "This receipt code is dead",
    lead: (day: string) =>
      `On ${day} it was said to be lost; the town called the number on file and reissued it. Use the new code: it opens the same report.`,
    notYou: "If that was not you, call the town or come to its desk at once.",
    again: "Type the new code",
  },
  expired: "It has been a while, so you were signed out to protect your privacy. Please type the code again. ",
  expiredKept: "What you just wrote is still here: type the code and go on.",
  left: "You have left, and this device no longer remembers the report.",
  tooMany: "Too many tries",
  tooManyHint: (minutes: number) => `Please try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}. Your code is still valid.`,
};
