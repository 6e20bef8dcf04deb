package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.GatehouseApplication;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Gatehouse, with the guard of the front-door check opened to {@link HostileTargets}. */
public class GatehouseWithTargets {

    static final String PROPERTY = "gatehouse-test.targets";

    public static void main(String[] arguments) {
        new SpringApplication(GatehouseApplication.class, GatehouseWithTargets.class)
                .run(arguments);
    }

    @Bean
    @Primary
    FrontDoorTool checksOfTargets(
            @Value("${" + PROPERTY + "}") String targets, FrontDoorProperties properties) {
        Map<String, List<String>> names = new HashMap<>();
        Map<String, Integer> ports = new HashMap<>();
        for (String target : targets.split(";", -1)) {
            String[] fields = target.split(",", -1);
            names.put(fields[0], List.of(fields[1]));
            ports.put(fields[1] + ":80", Integer.valueOf(fields[2]));
            ports.put(fields[1] + ":443", Integer.valueOf(fields[3]));
        }
        return new FrontDoorTool(
                LoopbackOutboundClient.to(names, ports, List.of()), properties, Clock.systemUTC());
    }
}
