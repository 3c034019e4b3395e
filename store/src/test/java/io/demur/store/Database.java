package io.demur.store;

import java.io.IOException;
import java.nio.file.Path;

/** Where the stores of a test are made. */
interface Database {

    /** An empty one. */
    StoreSettings fresh(Path folder) throws IOException;

    /** One file for each. */
    Database SQLITE = folder -> StoreSettings.file(folder.resolve("store.db"));

    /** A server of PostgreSQL; the test is skipped where none can be started. */
    Database POSTGRES = folder -> PostgresServer.running().database();
}
