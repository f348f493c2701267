export const publicSide = {};
