/** What a leader or handler owes this week. */
export const owed = {
  title: "这一周要办到的",
  urged: "催办，还没有新进展",
  late: "已经逾期",
  count: (count: number) => `${count} 件`,
};
