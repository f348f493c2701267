import "./copy-text.ts";
import "./draft-keeper.ts";
import "./locate.ts";
import "./photo-shrink.ts";
import "./print-page.ts";
import "./similar-ones.ts";

// Kernels that do not yet honour `autofocus` on anything but a field: the summary of what is wrong takes the focus.
document.querySelector<HTMLElement>(".fault-summary")?.focus();
