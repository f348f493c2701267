import type { Directory } from "#publication/directory";
import type { Option } from "#doors/web/ui/field";
import { nameOf, type Visit } from "#doors/web/visit";

/** The themes to choose from, the campaign's name before each. */
export function themeOptions(visit: Visit, names: Directory): readonly Option[] {
  return [...names.themes.values()].map((theme) => ({
    value: theme.id,
    label: `${nameOf(visit, names.campaigns.get(theme.campaign))} · ${nameOf(visit, theme)}`,
  }));
}
