package dev.hypha.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.app.demo.Shop.Line;
import dev.hypha.app.demo.Shop.Order;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class ShopMakerTest {
    private final Shop shop = ShopMaker.make(3, 300, 60);

    @Test
    void theSameSeedMakesTheSameShop() {
        assertThat(ShopMaker.make(3, 300, 60)).isEqualTo(shop);
        assertThat(ShopMaker.make(4, 300, 60).orders()).isNotEqualTo(shop.orders());
    }

    @Test
    void theShopOfTheDemoHasItsSize() {
        assertThat(ShopMaker.make(0, ShopMaker.CUSTOMERS, ShopMaker.PRODUCTS).rows())
                .isBetween(100_000, 200_000);
    }

    @Test
    void idsCountInTheOrderOfTime() {
        numbered(shop.orders(), Order::id, Order::orderedAt);
        numbered(shop.lines(), Line::id, Line::orderedAt);
        numbered(shop.reviews(), Shop.Review::id, Shop.Review::reviewedAt);
        numbered(shop.returns(), Shop.Return::id, Shop.Return::returnedAt);
        numbered(shop.sessions(), Shop.Session::id, Shop.Session::startedAt);
    }

    private static <T> void numbered(List<T> rows, ToIntFunction<T> id, ToLongFunction<T> time) {
        assertThat(rows).isNotEmpty();
        for (int i = 0; i < rows.size(); i++) {
            assertThat(id.applyAsInt(rows.get(i))).isEqualTo(i + 1);
            assertThat(time.applyAsLong(rows.get(i))).isLessThan(Shop.micros(Shop.DAYS));
            if (i > 0) {
                assertThat(time.applyAsLong(rows.get(i))).isGreaterThanOrEqualTo(time.applyAsLong(rows.get(i - 1)));
            }
        }
    }

    @Test
    void linesAndReturnsReferToWhatTheyBelongTo() {
        for (Line line : shop.lines()) {
            Order order = shop.orders().get(line.order() - 1);
            assertThat(order.customer()).isEqualTo(line.customer());
            assertThat(order.orderedAt()).isEqualTo(line.orderedAt());
            assertThat(shop.products().get(line.product() - 1).launchedAt()).isLessThanOrEqualTo(line.orderedAt());
        }
        assertThat(shop.returns()).isNotEmpty();
        for (Shop.Return back : shop.returns()) {
            Line line = shop.lines().get(back.line() - 1);
            assertThat(line.customer()).isEqualTo(back.customer());
            assertThat(line.product()).isEqualTo(back.product());
            assertThat(back.returnedAt()).isGreaterThan(line.orderedAt());
        }
    }

    @Test
    void aReferrerCameBefore() {
        assertThat(shop.customers()).anyMatch(customer -> customer.referrer() > 0);
        assertThat(shop.customers()).allMatch(customer -> customer.referrer() < customer.id());
    }

    @Test
    void nobodyOrdersAfterLeaving() {
        assertThat(shop.orders())
                .allMatch(order -> order.orderedAt()
                        <= shop.customers().get(order.customer() - 1).quitAt());
    }
}
