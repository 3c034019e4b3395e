/**
 * Writes what Demur says: rows as JSON lines or CSV ({@link io.demur.files.output.RowWriter}), and
 * whole documents ({@link io.demur.files.output.Json}), each under its final name only when it is
 * complete ({@link io.demur.files.output.OutputFile}).
 *
 * <p>Values are trees of the JDK's own types, so that a row names its columns once, where it is
 * made, for every format.
 */
@NullMarked
package io.demur.files.output;

import org.jspecify.annotations.NullMarked;
