/** Items per page of the lists below `/api`, fixed by the contract. */
const pageSize = 50;

interface Page<Item> {
  items: Item[];
  totalCount: number;
  page: number;
  pageSize: typeof pageSize;
  totalPages: number;
}

/** Returns the rows that a page shows, for the store. Pages start at 1. */
export const sliceOf = (page: number) => ({ limit: pageSize, offset: (page - 1) * pageSize });

/** Presents one page of a list below `/api`. */
export const presentPage = <Row, Item>(
  { rows, totalCount }: { rows: Row[]; totalCount: number },
  page: number,
  present: (row: Row) => Item,
): Page<Item> => ({ items: rows.map(present), totalCount, page, pageSize, totalPages: Math.ceil(totalCount / pageSize) });

interface PageQuery {
  page?: number;
  per_page?: number;
}
/** The contract's default of `per_page`. */
const perPageDefault = 30;

/** Returns the rows that a page of a list below `/v2` shows, for the store. There the client chooses the page size. */
export const v2SliceOf = ({ page = 1, per_page = perPageDefault }: PageQuery) => ({ limit: per_page, offset: (page - 1) * per_page });

/** Presents one page of a list below `/v2`. `data` contains the items of the page, `total_count` counts the whole list. */
export const presentV2Page = <Item>(data: Item[], total_count: number, { per_page = perPageDefault }: PageQuery) => ({
  data,
  total_count,
  page_count: Math.ceil(total_count / per_page),
});
