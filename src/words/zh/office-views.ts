export const views = {
  title: "我的视图",
  change: "选列、存为视图",
  columns: "显示哪些列",
  inFileOnly: "只在导出的表格里",
  keepColumns: "记住这些列",
  name: "视图名称",
  nameHints: {
    ledger: "记住现在的条件、排序和列；同名的会被替换。打开后的网址可以发给同事。",
    inbox: "记住现在的条件和排序；同名的会被替换。打开后的网址可以发给同事。",
  },
  save: "存为视图",
  forget: (name: string) => `删去视图“${name}”`,
};
