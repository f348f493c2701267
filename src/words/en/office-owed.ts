import type { owed as zh } from "#words/zh/office-owed";

export const owed: typeof zh = {
  title: "Owed this week",
  urged: "Urged, without progress since",
  late: "Overdue",
  count: (count) => `${count}`,
};
