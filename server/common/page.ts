export const pageSize = 50;

export interface Page<Item> {
  items: Item[];
  totalCount: number;
  page: number;
  pageSize: typeof pageSize;
  totalPages: number;
}

/** Which rows a page is, for the store. */
export const sliceOf = (page: number) => ({ limit: pageSize, offset: (page - 1) * pageSize });
export type Slice = ReturnType<typeof sliceOf>;

/** The envelope of every list. */
export const presentPage = <Row, Item>(
  { rows, totalCount }: { rows: Row[]; totalCount: number },
  page: number,
  present: (row: Row) => Item,
): Page<Item> => ({ items: rows.map(present), totalCount, page, pageSize, totalPages: Math.ceil(totalCount / pageSize) });

interface PageQuery {
  page?: number;
  per_page?: number;
}
const perPageDefault = 30;

export const v2SliceOf = ({ page = 1, per_page = perPageDefault }: PageQuery) => ({ limit: per_page, offset: (page - 1) * per_page });

/** The envelope of lists below `/v2`. */
export const presentV2Page = <Item>(data: Item[], total_count: number, { per_page = perPageDefault }: PageQuery) => ({
  data,
  total_count,
  page_count: Math.ceil(total_count / per_page),
});
