/**
 * What a live gateway is asked to see whether it still refuses what it should, and answers what it
 * should: {@link io.demur.core.drill.DrillProbe} is one question, {@link
 * io.demur.core.drill.Timetable} says which ones a day has and when, {@link
 * io.demur.core.drill.Pressure} is what is said to a refusal, and {@link
 * io.demur.core.drill.Anchor} is an answer that a person has labelled, by which the judge itself is
 * watched. No clock and no input or output, but for the two lists that ship.
 */
@org.jspecify.annotations.NullMarked
package io.demur.core.drill;
