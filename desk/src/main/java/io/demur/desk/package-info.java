/**
 * What people do about refusals: look at what waits for them, decide, answer appeals and reports,
 * and see what refusing costs and prevents.
 *
 * <p>Open {@link io.demur.desk.Service} first; what refusing costs is a {@link
 * io.demur.desk.Ledger}. Nothing here knows of HTTP or SQL: {@code store} keeps the rows, {@code
 * gateway} and {@code cli} show them.
 */
@NullMarked
package io.demur.desk;

import org.jspecify.annotations.NullMarked;
