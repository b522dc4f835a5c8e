type Cursored = { items: unknown[]; nextBefore: string | null };
type Page = { items: unknown[]; totalPages: number } | { data: unknown[]; page_count: number } | Cursored | unknown[];
interface Listing {
  query?: { page?: number; before?: string };
}

const isCursored = (page: Page): page is Cursored => 'nextBefore' in page;
const itemsOf = (page: Page) => (Array.isArray(page) ? page : 'items' in page ? page.items : page.data);
/** A bare list does not say how many pages there are: it ends with an empty one. */
const isLast = (page: Exclude<Page, Cursored>, number: number) =>
  itemsOf(page).length === 0 || (!Array.isArray(page) && number >= ('items' in page ? page.totalPages : page.page_count));

/** What to ask for next; undefined after the last page. A page that names the next one may be empty itself. */
function nextQuery(page: Page, number: number): Listing['query'] {
  if (isCursored(page)) return page.nextBefore === null ? undefined : { before: page.nextBefore };
  return isLast(page, number) ? undefined : { page: number + 1 };
}

/** All items from a page on, asked for page by page as they are taken; the first answer tells how a list is paged. */
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
