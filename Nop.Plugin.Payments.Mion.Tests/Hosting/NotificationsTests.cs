using Moq;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

/// <summary>Messages in the admin area, by the methods of whichever version of nopCommerce there is.</summary>
public sealed class NotificationsTests
{
    /// <summary>As nopCommerce 4.80 declares it.</summary>
    public interface IEarlier
    {
        void SuccessNotification(string message, bool encode = true);
    }

    /// <summary>As nopCommerce 4.90 does, and with what yet another version might add.</summary>
    public interface ILater
    {
        void SuccessNotification(string message, bool encode = true, int timeout = 7);

        void SuccessNotification(Exception exception, bool logException = true);
    }

    [Test]
    public void It_is_shown_by_a_version_that_takes_less()
    {
        var service = new Mock<IEarlier>();

        Notifications.Show(service.Object, "SuccessNotification", "Saved");

        service.Verify(shown => shown.SuccessNotification("Saved", true), Times.Once);
    }

    [Test]
    public void It_is_shown_by_a_version_that_takes_more()
    {
        var service = new Mock<ILater>();

        Notifications.Show(service.Object, "SuccessNotification", "Saved");

        service.Verify(shown => shown.SuccessNotification("Saved", true, 7), Times.Once);
    }

    [Test]
    public void Each_kind_is_shown_as_what_it_is()
    {
        var service = new Mock<INotificationService>(MockBehavior.Strict);
        service.Setup(shown => shown.SuccessNotification("Saved", true, 0));
        service.Setup(shown => shown.WarningNotification("Look", true, 0));
        service.Setup(shown => shown.ErrorNotification("No", true, 0));

        service.Object.ShowSuccess("Saved");
        service.Object.ShowWarning("Look");
        service.Object.ShowError("No");

        service.VerifyAll();
    }

    [Test]
    public void What_the_service_throws_is_what_the_caller_sees()
    {
        var service = new Mock<INotificationService>();
        service.Setup(shown => shown.ErrorNotification("No", true, 0)).Throws(new TimeoutException());

        Assert.That(() => service.Object.ShowError("No"), Throws.TypeOf<TimeoutException>());
    }
}
