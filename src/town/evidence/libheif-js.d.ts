/** The part of libheif-js that is used: what it reads from a file, decoded one picture at a time. */
declare module "libheif-js/wasm-bundle.js" {
  type Pixels = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };
  type HeifImage = {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    /** Red, green, blue, alpha; null when it cannot be decoded. */
    display(into: Pixels, done: (shown: Pixels | null) => void): void;
    free(): void;
  };
  const libheif: {
    readonly ready: Promise<unknown>;
    readonly HeifDecoder: new () => { decode(bytes: Uint8Array): readonly HeifImage[] };
  };
  export default libheif;
}
