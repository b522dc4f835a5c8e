type CursorPage = { items: unknown[]; nextBefore: string | null };
type Page = { items: unknown[]; totalPages: number } | { data: unknown[]; page_count: number } | CursorPage | unknown[];
interface Listing {
  query?: { page?: number; before?: string };
}

const isCursorPage = (page: Page): page is CursorPage => 'nextBefore' in page;
const itemsOf = (page: Page) => (Array.isArray(page) ? page : 'items' in page ? page.items : page.data);
/** A bare array has no page count, so its last page is the first empty one. */
const isLast = (page: Exclude<Page, CursorPage>, number: number) =>
  itemsOf(page).length === 0 || (!Array.isArray(page) && number >= ('items' in page ? page.totalPages : page.page_count));

/** Returns the query of the next page; undefined after the last one. A page with a cursor may be empty and still have a next page. */
function nextQuery(page: Page, number: number): Listing['query'] {
  if (isCursorPage(page)) return page.nextBefore === null ? undefined : { before: page.nextBefore };
  return isLast(page, number) ? undefined : { page: number + 1 };
}

/** Iterates over all items from the given page on. Requests each page when it is needed, and detects the kind of paging from the response. */
export async function* iterateItems(
  list: (input: Listing) => Promise<unknown>,
  input: Listing = {},
): AsyncGenerator<unknown, void, undefined> {
  let query = input.query;
  for (let number = query?.page ?? 1; ; number++) {
    const page = (await list(query ? { ...input, query } : input)) as Page;
    yield* itemsOf(page);
    const next = nextQuery(page, number);
    if (!next) return;
    query = { ...query, ...next };
  }
}

interface RecordListing {
  query?: { page?: number; after?: string };
}

/** Iterates over the records of an application. Requests the records after the last key, because the number of pages is limited. */
export async function* iterateRecords(
  list: (input: RecordListing) => Promise<unknown>,
  input: RecordListing = {},
): AsyncGenerator<unknown, void, undefined> {
  for (let query = input.query; ; ) {
    const { items, pageSize } = (await list(query ? { ...input, query } : input)) as { items: { key: string }[]; pageSize: number };
    yield* items;
    const last = items.at(-1);
    if (!last || items.length < pageSize) return;
    const { page: _page, ...others } = query ?? {};
    query = { ...others, after: last.key };
  }
}
