import { applicationVariants } from './application-variants.ts';
import { movedRows } from './moved-rows.ts';
import { factVariants, organizationVariants } from './organization-variants.ts';
import { peopleVariants } from './people-variants.ts';
import type { Variant } from './variant.ts';

export const variants: Variant[] = [...applicationVariants, ...peopleVariants, ...factVariants, ...organizationVariants, ...movedRows];
