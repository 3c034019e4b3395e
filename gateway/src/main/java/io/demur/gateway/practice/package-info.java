/**
 * What went wrong and should not again: proposals, counted from the log alone, which a person
 * accepts or rejects, and what becomes of those that are accepted. Open {@link
 * io.demur.gateway.practice.Proposals}.
 */
@org.jspecify.annotations.NullMarked
package io.demur.gateway.practice;
