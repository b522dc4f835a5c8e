type Page = { items: unknown[]; totalPages: number } | { data: unknown[]; page_count: number } | unknown[];
interface Listing {
  query?: { page?: number };
}

const itemsOf = (page: Page) => (Array.isArray(page) ? page : 'items' in page ? page.items : page.data);
/** A bare list does not say how many pages there are: it ends with an empty one. */
const isLast = (page: Page, number: number) =>
  itemsOf(page).length === 0 || (!Array.isArray(page) && number >= ('items' in page ? page.totalPages : page.page_count));

/** All items from a page on, asked for page by page as they are taken. */
export async function* itemsOfAll(
  list: (input: Listing) => Promise<unknown>,
  input: Listing = {},
): AsyncGenerator<unknown, void, undefined> {
  for (let number = input.query?.page ?? 1; ; number++) {
    const page = (await list({ ...input, query: { ...input.query, page: number } })) as Page;
    yield* itemsOf(page);
    if (isLast(page, number)) return;
  }
}
