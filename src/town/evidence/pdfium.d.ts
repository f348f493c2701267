/** The part of PDFium that is used (fpdfview.h, fpdf_edit.h, fpdf_text.h): numbers are addresses in its memory, 0 is none. */
declare module "@hyzyla/pdfium" {
  type Pdfium = {
    readonly HEAPU8: Uint8Array;
    readonly wasmExports: { malloc(size: number): number; free(at: number): void };
    _FPDF_InitLibrary(): void;
    _FPDF_LoadMemDocument(bytes: number, size: number, password: number): number;
    _FPDF_GetLastError(): number;
    _FPDF_LoadPage(document: number, page: number): number;
    _FPDF_GetPageWidth(page: number): number;
    _FPDF_GetPageHeight(page: number): number;
    _FPDFPage_CountObjects(page: number): number;
    _FPDFPage_GetObject(page: number, at: number): number;
    _FPDFPageObj_GetType(object: number): number;
    _FPDFFormObj_CountObjects(form: number): number;
    _FPDFFormObj_GetObject(form: number, at: number): number;
    _FPDFTextObj_GetTextRenderMode(text: number): number;
    _FPDFTextObj_GetFont(text: number): number;
    _FPDFFont_GetIsEmbedded(font: number): number;
    _FPDFText_LoadPage(page: number): number;
    /** UTF-16LE with its end; how many bytes it takes. */
    _FPDFTextObj_GetText(text: number, textPage: number, into: number, size: number): number;
    _FPDFBitmap_CreateEx(width: number, height: number, format: number, at: number, stride: number): number;
    _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, colour: number): void;
    _FPDF_RenderPageBitmap(
      bitmap: number,
      page: number,
      left: number,
      top: number,
      width: number,
      height: number,
      rotate: number,
      flags: number,
    ): void;
  };
  export function PDFiumModule(options: { readonly wasmBinary: Uint8Array }): Promise<Pdfium>;
  export type { Pdfium };
}
