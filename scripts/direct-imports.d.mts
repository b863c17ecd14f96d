export interface Place {
  readonly file: string;
  readonly local: string;
}

export function placesIn(index: string): Map<string, Place>;
export function withDirectImports(
  text: string,
  places: ReadonlyMap<string, Place>,
  pathTo: (file: string) => string,
): string;
