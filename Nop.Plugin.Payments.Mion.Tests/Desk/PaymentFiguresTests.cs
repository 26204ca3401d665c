using Nop.Plugin.Payments.Mion.Desk;

namespace Nop.Plugin.Payments.Mion.Tests.Desk;

public sealed class PaymentFiguresTests
{
    private static readonly DateTime _day = new(2026, 11, 1);

    [TestCase(0, 0, 0, null, 0)]
    [TestCase(3, 2, 0, 67, 1)]
    [TestCase(8, 1, 2, 13, 5)]
    [TestCase(1, 2, 0, 100, 0, TestName = "An order that was paid twice is no more than all")]
    public void The_share_is_of_those_who_chose_Bitcoin_and_who_neither_paid_nor_still_can_did_not_pay(int started, int paid, int open, int? share, int notPaid)
    {
        var figures = Figures([new PaymentFigure(_day, "", started, paid, 0, open, 0, 0)]);

        Assert.That((figures.Share, figures.NotPaid), Is.EqualTo((share, notPaid)));
    }

    [TestCase(50, 5)]
    [TestCase(90, 9)]
    [TestCase(91, 10)]
    [TestCase(1, 1)]
    [TestCase(0, 1)]
    [TestCase(100, 10)]
    public void So_many_of_a_hundred_have_paid_within_the_time_of_the_last_of_them(int ofHundred, int minutes)
    {
        var figures = Figures([], [.. new[] { 7, 3, 10, 1, 9, 2, 8, 4, 6, 5 }.Select(each => TimeSpan.FromMinutes(each))]);

        Assert.That(figures.PaidWithin(ofHundred), Is.EqualTo(TimeSpan.FromMinutes(minutes)));
    }

    [Test]
    public void Where_nobody_has_paid_there_is_no_time_to_payment() => Assert.That(Figures([]).PaidWithin(50), Is.Null);

    private static PaymentFigures Figures(IReadOnlyList<PaymentFigure> parts, IReadOnlyList<TimeSpan>? times = null) => new([_day], parts, times ?? []);
}
