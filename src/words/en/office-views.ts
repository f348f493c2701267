export const views = {
  title: "My views",
  change: "Columns and views",
  columns: "Columns to show",
  inFileOnly: "in exported tables only",
  keepColumns: "Keep these columns",
  name: "Name of the view",
  nameHint: "Keeps the present filters, order and columns; one of the same name is replaced. Its address may be sent to colleagues.",
  save: "Keep as a view",
  forget: (name: string) => `Remove the view “${name}”`,
};
