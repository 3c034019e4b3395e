/**
 * What was measured on a run, for people and for programs. Open {@link
 * io.demur.eval.report.RunReport} first: it has each form.
 */
@NullMarked
package io.demur.eval.report;

import org.jspecify.annotations.NullMarked;
