export const views = {
  title: "My views",
  change: "Columns and views",
  columns: "Columns to show",
  inFileOnly: "in exported tables only",
  keepColumns: "Keep these columns",
  name: "Name of the view",
  nameHints: {
    ledger: "Keeps the present filters, order and columns; one of the same name is replaced. Its address may be sent to colleagues.",
    inbox: "Keeps the filter and the order as they are now; one of the same name is replaced. Colleagues may be sent its address.",
  },
  save: "Keep as a view",
  forget: (name: string) => `Remove the view “${name}”`,
};
