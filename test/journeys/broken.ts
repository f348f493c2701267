/**
 * What of a page is broken on a screen of its width, a line each: a number or a day in two lines, a light or a head of a table in three,
 * a table that scrolls where its rows are cards, a head that leaves with its rows, a line longer than eyes follow, two foldables of one
 * name. Only letters in sight are asked where they lie, so that it costs one layout.
 */
export const BROKEN = `(() => {
  const isSeen = (element) => element.checkVisibility() && element.closest(".visually-hidden") === null;
  const seen = (those) => [...document.querySelectorAll(those)].filter(isSeen);
  const linesOf = (element) => {
    const lines = [];
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      if (text.data.trim() === "" || !isSeen(text.parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const { top, height, width } of range.getClientRects()) {
        const line = lines.find(({ middle }) => Math.abs(middle - top - height / 2) < 8);
        if (line === undefined) lines.push({ middle: top + height / 2, width });
        else line.width += width;
      }
    }
    return lines;
  };
  const said = (element) => element.textContent.trim().replaceAll(/\\s+/g, " ").slice(0, 60);
  const inMoreThan = (most, those) =>
    seen(those).flatMap((element) => {
      const { length } = linesOf(element);
      return length > most ? [length + " lines: " + said(element)] : [];
    });
  const scrolled = innerWidth > 991 ? [] : seen("main .table-responsive").filter((frame) => frame.scrollWidth > frame.clientWidth + 1);
  const long = innerWidth < 1920 ? [] : seen("main p, main li, main dd, main td").filter((element) =>
    linesOf(element).some(({ width }) => width > 1152));
  const heads = innerWidth < 992 ? [] : seen(".office-table thead").filter((head) => {
    const { bottom, height } = head.parentElement.getBoundingClientRect();
    if (height < innerHeight) return false;
    scrollBy(0, bottom - 200);
    const isGone = head.querySelector("th").getBoundingClientRect().top < 0;
    scrollTo(0, 0);
    return isGone;
  });
  const names = seen("main summary").map((summary) => summary.textContent.trim().replaceAll(/\\s+/g, " "));
  return [
    ...inMoreThan(1, "time, .nowrap, th.office-nowrap"),
    ...(innerWidth < 768 ? [] : inMoreThan(2, ".lamp, thead th, .badge, .office-nowrap, .office-whole")),
    ...scrolled.map((frame) => "scrolls within its frame: " + said(frame)),
    ...long.map((element) => "longer than eyes follow: " + said(element)),
    ...heads.map((head) => "heads out of sight: " + said(head)),
    ...names.filter((name, i) => names.indexOf(name) !== i).map((name) => "folded twice under one name: " + name),
  ];
})()`;
