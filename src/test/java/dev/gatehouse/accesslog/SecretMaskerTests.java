package dev.gatehouse.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskerTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "access_token",
                "id-token",
                "X-Amz-Signature",
                "Password",
                "pass",
                "pwd",
                "client_secret",
                "api_key",
                "apikey",
                "key",
                "code",
                "sig",
                "SID",
                "authorization",
                "JSESSIONID",
                "%74oken",
                "to%6Ben",
                "user[password]",
                "otp",
                "jwt",
                "SAMLResponse",
                "header"
            })
    void hideValueWhenNameIsASecrets(String name) {
        assertThat(SecretMasker.maskQuery("a=1&" + name + "=kept&b=2"))
                .isEqualTo("a=1&" + name + "=***&b=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a=1",
                "a=1&b=2",
                "page=2;sort=asc",
                "q=tokens",
                "keyword=x",
                "&&=&",
                "a==",
                "q=%",
                "q=50%25",
                "monkey=1",
                "from=/a/b?c=d"
            })
    void keepQueryWhenThereIsNoSecret(String query) {
        assertThat(SecretMasker.maskQuery(query)).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource({
        "next=/a?token=kept, next=***",
        "next=%2Fa%3Ftoken%3Dkept, next=***",
        "next=%252Fa%253Ftoken%253Dkept, next=***",
        "q=%7B%22password%22:%22kept%22%7D, q=***",
        "token=a=b, token=***",
        "a=1;token=kept, a=1;token=***",
    })
    void hideValueWhenASecretIsInside(String query, String shown) {
        assertThat(SecretMasker.maskQuery(query)).isEqualTo(shown);
    }

    @Test
    void hideSecretParametersOfAPath() {
        assertThat(SecretMasker.maskPath("/a;v=1;jsessionid=kept/b;token=kept"))
                .isEqualTo("/a;v=1;jsessionid=***/b;token=***");
        assertThat(SecretMasker.maskPath("/token=shown/b")).isEqualTo("/token=shown/b");
    }
}
