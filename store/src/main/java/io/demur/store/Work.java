package io.demur.store;

import org.jooq.DSLContext;

/** What is done in one transaction. Where it throws, nothing of it was done. */
@FunctionalInterface
interface Work<T> {
    T in(DSLContext db) throws StoreRefused, StoreFailed;
}
