package io.demur.core.harm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class HazardTest {

    @Test
    void twelveHazardsHaveTheCodesOfLlamaGuardEachOnce() {
        Set<String> expected =
                IntStream.rangeClosed(1, 12).mapToObj(i -> "S" + i).collect(Collectors.toSet());
        assertEquals(
                expected,
                Arrays.stream(Hazard.values())
                        .flatMap(hazard -> hazard.llamaGuard().stream())
                        .collect(Collectors.toSet()));
        assertEquals(14, Hazard.values().length);
    }

    @Test
    void theTwoOfOurOwnHaveNoForeignCode() {
        for (Hazard hazard : Set.of(Hazard.ADVERSE_PROCESSING, Hazard.EXTERNALISED_HARM)) {
            assertEquals(Optional.empty(), hazard.llamaGuard());
            assertEquals(Optional.empty(), hazard.mlcommons());
        }
    }
}
