using Microsoft.AspNetCore.Mvc;

namespace Nop.Web.Framework.Controllers;

/// <summary>
/// The root of nopCommerce's controllers. In a store its filters touch the current customer on every request, and
/// create a guest where there is none: what nobody looks at derives from <see cref="Controller"/> itself.
/// </summary>
public abstract class BaseController : Controller
{
}

/// <summary>A plugin's controller.</summary>
public abstract class BasePluginController : BaseController
{
}

/// <summary>A payment method's controller.</summary>
public abstract class BasePaymentController : BasePluginController
{
}
