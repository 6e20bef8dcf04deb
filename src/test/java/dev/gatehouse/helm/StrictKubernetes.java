package dev.gatehouse.helm;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads an object as the API server does with strict field validation. Fabric8's types refuse a
 * field that they do not know and a value of another type; the official client's refuse an object
 * that lacks a required field.
 */
final class StrictKubernetes {

    /** Their definitions are no part of Kubernetes: .ci/chart validates them. */
    private static final Set<String> CUSTOM =
            Set.of(
                    "BackendTLSPolicy",
                    "Certificate",
                    "ServiceMonitor",
                    "PodMonitor",
                    "PrometheusRule",
                    "Probe");

    private static final Map<String, Definition> DEFINITIONS =
            Map.ofEntries(
                    definition(
                            "apps/v1 Deployment",
                            Deployment.class,
                            V1Deployment::validateJsonElement),
                    definition(
                            "autoscaling/v2 HorizontalPodAutoscaler",
                            HorizontalPodAutoscaler.class,
                            V2HorizontalPodAutoscaler::validateJsonElement),
                    definition(
                            "networking.k8s.io/v1 Ingress",
                            Ingress.class,
                            V1Ingress::validateJsonElement),
                    definition(
                            "networking.k8s.io/v1 NetworkPolicy",
                            NetworkPolicy.class,
                            V1NetworkPolicy::validateJsonElement),
                    definition(
                            "policy/v1 PodDisruptionBudget",
                            PodDisruptionBudget.class,
                            V1PodDisruptionBudget::validateJsonElement),
                    definition("v1 ConfigMap", ConfigMap.class, V1ConfigMap::validateJsonElement),
                    definition("v1 Secret", Secret.class, V1Secret::validateJsonElement),
                    definition("v1 Service", Service.class, V1Service::validateJsonElement),
                    definition(
                            "v1 ServiceAccount",
                            ServiceAccount.class,
                            V1ServiceAccount::validateJsonElement),
                    definition("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class, _ -> {}));

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .annotationIntrospector(new WithoutAnySetters())
                    .build();

    private StrictKubernetes() {}

    /** Throws what is wrong with it. */
    static void check(JsonNode object) throws IOException {
        if (CUSTOM.contains(Manifests.kind(object))) {
            return;
        }
        String type = object.at("/apiVersion").asString() + " " + Manifests.kind(object);
        Definition definition = DEFINITIONS.get(type);
        if (definition == null) {
            throw new IllegalArgumentException("There is no " + type);
        }
        definition.required().validate(JsonParser.parseString(object.toString()));
        MAPPER.treeToValue(object, definition.type());
    }

    private static Map.Entry<String, Definition> definition(
            String name, Class<?> type, Validation required) {
        return Map.entry(name, new Definition(type, required));
    }

    private record Definition(Class<?> type, Validation required) {}

    private interface Validation {
        void validate(JsonElement json) throws IOException;
    }

    /** Fabric8 keeps unknown fields in such a setter, which would hide them. */
    private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
            return false;
        }
    }
}
